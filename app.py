"""Run the map in a browser: `streamlit run app.py`."""

from sco_map.app.main import main

main()
