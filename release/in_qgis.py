"""Open a GeoPackage in QGIS without a screen and say how QGIS draws it; run by the Python that knows QGIS.

`python3 release/in_qgis.py MAP.gpkg [PICTURE.png]` prints a line for each layer and exits 1 when a layer does not open,
brings no style of its own, or has a feature that the style does not draw. It imports nothing of this repository.
"""

from __future__ import annotations

import os
import sys
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

PICTURE = (1600, 900)
NOT_ROWS = ("about", "sources", "licences", "columns")


def main(path: str, picture: str | None = None) -> int:
    """Print what QGIS makes of each layer of a file; return 1 where it is not what it should be."""
    try:
        from qgis.core import QgsApplication, QgsProviderRegistry, QgsVectorLayer
    except ImportError:
        sys.stderr.write("error: this Python has no QGIS; on Debian: apt install python3-qgis\n")
        return 1
    application = QgsApplication([], False)
    application.initQgis()
    details = QgsProviderRegistry.instance().providerMetadata("ogr").querySublayers(path)
    names = [detail.name() for detail in details if detail.name() not in NOT_ROWS]
    layers = [QgsVectorLayer(f"{path}|layername={name}", name, "ogr") for name in names]
    faults = [fault for layer in layers for fault in faults_of(layer)] or ([] if layers else [f"{path} has no layers"])
    if picture:
        draw([layer for layer in layers if layer.isSpatial()], picture)
    for fault in faults:
        sys.stderr.write(f"error: {fault}\n")
    layers.clear()
    return 1 if faults else 0


def faults_of(layer: Any) -> list[str]:
    """Print how a layer is drawn, and return in sentences what is wrong with it."""
    from qgis.core import QgsRenderContext

    if not layer.isValid():
        return [f"{layer.name()} does not open"]
    features = list(layer.getFeatures())
    if not layer.isSpatial():
        sys.stdout.write(f"{layer.name()}: {len(features)} features without a geometry\n")
        return []
    renderer = layer.renderer()
    if renderer.type() != "RuleRenderer":
        return [f"{layer.name()} opens without its style, as {renderer.type()}"]
    context = QgsRenderContext()
    context.expressionContext().setFields(layer.fields())
    renderer.startRender(context, layer.fields())
    undrawn = []
    for feature in features:
        context.expressionContext().setFeature(feature)
        if not renderer.willRenderFeature(feature, context):
            undrawn.append(str(feature["id"]))
    renderer.stopRender(context)
    rules = [rule for rule in renderer.rootRule().descendants() if rule.symbol()]
    sys.stdout.write(f"{layer.name()}: {len(features)} features, {len(rules)} styles\n")
    return [f"{layer.name()}: the style draws no {id_}" for id_ in undrawn]


def draw(layers: list[Any], picture: str) -> None:
    """Draw the layers as QGIS does into a picture."""
    from qgis.core import QgsMapRendererSequentialJob, QgsMapSettings, QgsRectangle
    from qgis.PyQt.QtCore import QSize
    from qgis.PyQt.QtGui import QColor

    settings = QgsMapSettings()
    settings.setLayers(sorted(layers, key=lambda layer: int(layer.geometryType())))
    settings.setOutputSize(QSize(*PICTURE))
    settings.setBackgroundColor(QColor("#FCFAF5"))
    settings.setDestinationCrs(layers[0].crs())
    whole = QgsRectangle()
    for layer in layers:
        whole.combineExtentWith(layer.extent())
    settings.setExtent(whole)
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    job.renderedImage().save(picture)


if __name__ == "__main__":
    code = main(*sys.argv[1:3])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # taking QGIS down from Python crashes in some of its versions
