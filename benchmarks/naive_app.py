"""The app the way most scripts do it: every change reads the files, builds a Folium map and sends it again."""

from __future__ import annotations

import sys
from pathlib import Path

import folium
import streamlit as st
from streamlit_folium import st_folium

from benchmarks import naive

st.set_page_config(layout="wide")
layers = naive.load(Path(sys.argv[1]))
status = st.sidebar.radio("Status", ["operating", "construction"])
world = folium.Map(location=[45, 75], zoom_start=4)
for rows in naive.with_status(layers, status):
    fields = [field for field in naive.SHOWN if field in rows.columns]
    tooltip = folium.GeoJsonTooltip(fields=fields)
    folium.GeoJson(rows[[*fields, "geometry"]], tooltip=tooltip).add_to(world)
st_folium(world, key="map", height=600, use_container_width=True)
