"""The least that a Streamlit page can be: what it costs to load is what no app on it can save."""

from __future__ import annotations

import streamlit as st

st.set_page_config(layout="wide")
st.write("empty")
