"""The columns of the table: which hold text, numbers, lists or records, and which values a cell may take."""

from __future__ import annotations

TEXT = (
    "id layer kind title_en title_bn title_ru title_zh status accuracy_basis capacity_unit owner river as_of "
    "confidence licence note iso_a3 role date date_end type city outcome"
).split()
NUMBER = "length_km accuracy_km accuracy_mean_km accuracy_worst_km capacity cost_usd_bn height_m".split()
WHOLE = "gauge_mm diameter_mm string".split()
LIST_OF_TEXT = "projects countries places sources".split()
LIST_OF_RECORDS = "phases published_lengths pieces history roles agreements parties flows".split()
RECORD = "km_by_country promised views".split()

COLUMNS = (
    "id layer projects kind title_en title_bn title_ru title_zh iso_a3 status phases promised role roles date date_end "
    "type city outcome countries km_by_country length_km published_lengths accuracy_km accuracy_mean_km "
    "accuracy_worst_km accuracy_basis pieces gauge_mm diameter_mm capacity capacity_unit owner cost_usd_bn height_m "
    "river places string history flows agreements parties views sources as_of confidence licence note"
).split()
"""All of them, in the order of the table."""

NEVER_EMPTY = "id layer kind title_en sources as_of confidence licence".split()
"""Columns that every row fills: without them a feature cannot be shown, dated or credited."""

ONLY_SOME_LAYERS = "iso_a3 role roles agreements date date_end type city outcome parties flows views".split()
"""Columns that a row has only where its layer declares them."""
