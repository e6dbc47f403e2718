"""The Streamlit app: the only part that knows streamlit."""
