"""GeoParquet with the lists and records of the rows as such; terms and sources are in the metadata of the file."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq

from sco_map.export.contents import Contents
from sco_map.export.frames import nested_frame
from sco_map.model.columns import NESTED_TABLE

VERSION = "1.1.0"
COMPRESSION, LEVEL = "zstd", 15
SOURCES = "sources"


def as_geoparquet(contents: Contents) -> bytes:
    """Return the rows as GeoParquet 1.1; each column says what it means, the file under which terms it may be used.

    The metadata of the file has the texts of its head by name, and under `sources` who is behind their ids, as JSON.
    These are not in the schema of Arrow, too, of which a file keeps a second copy, a third longer.
    """
    file = io.BytesIO()
    nested_frame(contents).to_parquet(
        file, index=False, compression=COMPRESSION, schema_version=VERSION, write_covering_bbox=True
    )
    table = pq.read_table(file)
    meanings = {
        column.name: {"description": column.meaning, **({"unit": column.unit} if column.unit else {})}
        for column in NESTED_TABLE
    }
    fields = [field.with_metadata(meanings[field.name]) if field.name in meanings else field for field in table.schema]
    known = {key: value for key, value in table.schema.metadata.items() if key == b"geo"}
    head = known | {key.encode(): text.encode() for key, text in contents.about().items()}
    table = table.cast(pa.schema(fields, metadata=head))
    whole = io.BytesIO()
    with pq.ParquetWriter(whole, table.schema, compression=COMPRESSION, compression_level=LEVEL) as writer:
        writer.write_table(table)
        writer.add_key_value_metadata({SOURCES: contents.sources_text()})
    return whole.getvalue()
