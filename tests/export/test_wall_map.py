"""The wall map, the outline and the questions: paper, fonts, type, names, scale, bytes, and what is refused."""

from __future__ import annotations

import gc
import itertools
import re
import sys
from collections.abc import Iterator
from ctypes import c_float
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
import shapely
from fpdf.fonts import TTFFont
from pypdfium2 import raw
from pyproj import Geod

from sco_map.atlas import Atlas, Selection
from sco_map.cli import main
from sco_map.export import Contents, ExportError, render
from sco_map.export.wall.canvas import Canvas, Type
from sco_map.export.wall.ground import Ground
from sco_map.export.wall.paper import HANDOUT, LEAST_TYPE, MM_PER_POINT, PAPERS, plan_of
from sco_map.export.wall.questions import MAKERS, Questions
from sco_map.export.wall.sheets import Sheet, wall_map
from sco_map.export.wall.view import REGION_FRAME, region_view, shape_of
from sco_map.export.wall.wording import SheetSay
from sco_map.model.conic import HELD, REGION, Conic, held_between
from sco_map.model.languages import LANGUAGES
from sco_map.page import View

MOST_BYTES = 15_000_000
DRAWN_KINDS_LEFT_OUT = ("river",)


@pytest.fixture(scope="module")
def sheet(shipped: Atlas) -> Sheet:
    return wall_map(Contents(shipped, Selection(), View()), PAPERS["A3"])


@pytest.fixture(scope="module")
def pdf(sheet: Sheet) -> bytes:
    return sheet.canvas.content()


def texts(content: bytes) -> list[str]:
    """Return the text of each page."""
    document = pypdfium2.PdfDocument(content)
    return [document[number].get_textpage().get_text_bounded() for number in range(len(document))]


def letters(content: bytes) -> Iterator[tuple[float, bool]]:
    """Yield the size of each piece of text and whether its font is inside the file."""
    document = pypdfium2.PdfDocument(content)
    for number in range(len(document)):
        for piece in document[number].get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            size = c_float()
            assert raw.FPDFTextObj_GetFontSize(piece, size)
            yield size.value, raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(piece)) == 1


def pieces(atlas: Atlas) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return start, end and true km of the pieces of all lines, none longer than half a degree."""
    rows = atlas.rows[atlas.rows.geometry.notna() & ~atlas.rows["kind"].isin(DRAWN_KINDS_LEFT_OUT)]
    lines = [part for part in shapely.get_parts(rows.geometry.to_numpy()) if part.geom_type == "LineString"]
    paths = [shapely.get_coordinates(shapely.segmentize(line, 0.5)) for line in lines]
    starts, ends = np.vstack([path[:-1] for path in paths]), np.vstack([path[1:] for path in paths])
    km = Geod(ellps="WGS84").inv(starts[:, 0], starts[:, 1], ends[:, 0], ends[:, 1])[2] / 1000
    long = km > 0.1
    return starts[long], ends[long], km[long]


def errors(conic: Conic, starts: np.ndarray, ends: np.ndarray, km: np.ndarray) -> np.ndarray:
    """Return by which share each piece is drawn too long or too short."""
    wrong: np.ndarray = np.abs(np.hypot(*(conic.forward(ends) - conic.forward(starts)).T) / km - 1)
    return wrong


def test_the_scale_holds_for_the_lines_of_the_network(shipped: Atlas) -> None:
    starts, ends, km = pieces(shipped)
    wrong = errors(REGION, starts, ends, km)
    south, north = held_between(REGION)
    latitudes = np.stack((starts[:, 1], ends[:, 1]))
    inside = (latitudes.min(axis=0) >= south) & (latitudes.max(axis=0) <= north)
    assert wrong[inside].max() <= HELD
    assert km[wrong <= HELD].sum() / km.sum() > 0.93
    assert wrong.max() < 0.11  # the north of Yamal, at 70° N


def test_no_other_standard_parallels_hold_more_of_the_network(shipped: Atlas) -> None:
    starts, ends, km = pieces(shipped)

    def held(conic: Conic) -> float:
        return float(km[errors(conic, starts, ends, km) <= HELD].sum())

    others = [Conic(REGION.lon, REGION.lat, south, north) for south in range(26, 37) for north in range(48, 59)]
    between = np.arange(31.0, 54.0)
    sound = [other for other in others if np.abs(other.parallel_scale(between) - 1).max() <= HELD]
    assert max(sound, key=held) == REGION


def test_the_paper_is_what_was_asked_for(pdf: bytes) -> None:
    page = pypdfium2.PdfDocument(pdf)[0]
    assert [round(side * MM_PER_POINT) for side in page.get_size()] == [420, 297]
    assert len(pdf) < MOST_BYTES
    for paper in PAPERS.values():
        assert paper.width / paper.height == pytest.approx(2**0.5, abs=0.003)


def test_type_is_large_enough_and_its_fonts_are_inside(sheet: Sheet, pdf: bytes) -> None:
    found = list(letters(pdf))
    assert len(found) > 500
    assert min(size for size, _ in found) >= LEAST_TYPE - 1e-3
    assert all(is_inside for _, is_inside in found)
    with pytest.raises(ValueError, match="the least is 6"):
        sheet.canvas.text(10, 10, "small", Type(5.5, "#000000"))


def test_no_name_lies_on_another_or_on_the_mark_of_another(sheet: Sheet) -> None:
    assert len(sheet.names) == 3
    for names in sheet.names:
        areas = [name.area for name in names.placed]
        tree = shapely.STRtree(areas)
        first, second = tree.query(areas, predicate="intersects")
        met = {tuple(sorted((i, j))) for i, j in zip(first.tolist(), second.tolist(), strict=True) if i != j}
        said = [(names.placed[i].lines, names.placed[j].lines) for i, j in met]
        assert not said
        assert all(names.view.frame.contains(area) for area in areas)


def test_the_places_that_the_subject_turns_on_have_names(sheet: Sheet) -> None:
    shown = [{" ".join(name.lines) for name in names.placed} for names in sheet.names]
    region, caspian, fergana = (" | ".join(sorted(names)) for names in shown)
    for name in ("Baku", "Aktau", "Kuryk", "Turkmenbashi", "Caspian", "Middle Corridor"):
        assert name in caspian, name
    for name in ("Tashkent", "Osh", "Andijan", "Kashgar", "KYRGYZSTAN"):
        assert name in fergana, name
    for name in ("Tehran", "New Delhi", "Astana", "Beijing", "Moscow", "Islamabad", "Bishkek", "Dushanbe", "Minsk"):
        assert name in region, name
    assert all(len([text for text in names if text == "RUSSIA"]) <= 1 for names in shown)


def test_a_wall_map_says_scale_sources_licence_version_and_borders(sheet: Sheet, pdf: bytes) -> None:
    (page,) = texts(pdf)
    said = re.sub(r"\s+", " ", page)
    for part in ("Equidistant conic", "Borders de facto", "OpenStreetMap", "Open Database License", "checksum", "1 : "):
        assert part in said, part
    assert sheet.maps[0].scale % 100_000 == 0


def test_the_larger_the_paper_the_larger_the_map_and_its_type() -> None:
    papers = [PAPERS[name] for name in ("A3", "A2", "A1", "A0")]
    scales = [region_view(plan_of(paper, shape_of(REGION_FRAME))).scale for paper in papers]
    assert scales == sorted(scales, reverse=True)
    assert len(set(scales)) == len(scales)
    assert [paper.unit for paper in papers] == sorted({paper.unit for paper in papers})


def test_the_same_facts_give_the_same_bytes(shipped: Atlas, pdf: bytes) -> None:
    assert render(shipped, Selection(), View(), "pdf", paper="A3") == pdf


@pytest.mark.parametrize("language", LANGUAGES)
def test_outline_and_questions_speak_the_language(shipped: Atlas, language: str) -> None:
    say = SheetSay(shipped, language)
    selection, view = Selection(layer=("cku_railway", "gas_pipelines")), View(lang=language)
    sheets = {"questions": "questions_title"} | ({"blank": "blank_title"} if language == "zh" else {})
    for kind, title in sheets.items():
        content = render(shipped, selection, view, "pdf", sheet=kind)
        beginning = say.word(title).split()[0][:3]
        assert beginning in texts(content)[0]
        assert all(is_inside for _, is_inside in letters(content))
        assert content == render(shipped, selection, view, "pdf", sheet=kind)


def test_an_outline_names_no_state(shipped: Atlas) -> None:
    (page,) = texts(render(shipped, Selection(), View(), "pdf", sheet="blank", paper="A3"))
    assert not re.search("RUSSIA|CHINA|INDIA|Tashkent|Middle Corridor", page)
    assert "Key" in page


def test_questions_are_answered_from_the_rows(shipped: Atlas) -> None:
    contents = Contents(shipped, Selection(), View())
    maker = Questions(contents)
    questions = maker.drawn()
    assert 12 <= len(questions) <= 20
    assert {question.kind for question in questions} == set(MAKERS)
    assert all(question.answer and question.sources for question in questions)
    assert len({question.text for question in questions}) == len(questions)
    rows = shipped.rows.set_index("id")
    tapi = next(subject for subject in maker.subjects if subject.id == "tapi")
    own = rows[[("tapi" in ids) for ids in rows["projects"]]]
    for code, km in tapi.km_by_country.items():
        assert km == pytest.approx(sum(cell.get(code, 0) for cell in own["km_by_country"]))
    states = dict(maker.states())["tapi"]
    assert {shipped.catalog.countries[code].name.en for code in tapi.km_by_country} == set(states.answer.split("; "))


def test_answers_are_on_the_last_page_and_its_paper_is_that_of_a_handout(shipped: Atlas) -> None:
    content = render(shipped, Selection(), View(), "pdf", sheet="questions")
    pages = texts(content)
    assert "Answers" in pages[-1]
    assert "Answers\r" not in "".join(pages[:-1])
    assert "https://" in pages[-1]
    size = pypdfium2.PdfDocument(content)[0].get_size()
    assert size == pytest.approx((HANDOUT.width, HANDOUT.height), abs=0.5)


def test_borders_are_drawn_as_the_worldview_sees_them(shipped: Atlas) -> None:
    plain, indian = Ground(shipped, None, None), Ground(shipped, "in", None)
    boundaries = plain.packed["boundaries"]
    looks = [(plain.look_of(line), indian.look_of(line)) for line in boundaries]
    assert any(first != second for first, second in looks)
    assert {look for pair in looks for look in pair} == {"plain", "dashed", "none"}


def test_a_drawing_that_nobody_finishes_leaves_no_file_open(shipped: Atlas) -> None:
    canvas = Canvas("x", "en", Contents(shipped, Selection(), View()).day, "")
    canvas.prepare("中")
    fonts = list(canvas.pdf.fonts.values())
    files = [font.ttfont.reader.file for font in fonts if isinstance(font, TTFFont) and font.ttfont.reader]
    assert files
    del canvas
    gc.collect()
    assert all(file.closed for file in files)


def test_a_shaped_text_is_as_wide_as_its_glyphs_not_its_letters(shipped: Atlas) -> None:
    canvas = Canvas("x", "bn", Contents(shipped, Selection(), View()).day, "")
    kind = Type(10, "#000000")
    parts = [canvas.width(letter, kind) for letter in "ক্ষ"]
    assert canvas.width("ক্ষ", kind) < 0.8 * sum(parts)
    canvas.close()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a.pdf", "--paper", "A5"], "unknown paper 'A5'"),
        (["a.pdf", "--questions", "--paper", "A3"], "questions are printed on A4; leave the paper out"),
        (["a.html", "--paper", "A3"], "--paper, --blank and --questions are for a sheet (.pdf), not for a.html"),
        (["a.gpkg", "--blank"], "--paper, --blank and --questions are for a sheet (.pdf), not for a.gpkg"),
        (["a.ps"], "did you mean '.pdf'?"),
        (["a.pdf", "--light"], "--light and --all are for a page (.html), not for a.pdf"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["export", *arguments]) == 2
    complaint = capsys.readouterr().err
    assert said in complaint
    assert complaint.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_and_a_library_that_is_missing(
    shipped: Atlas, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "none" / "a.pdf"
    assert main(["export", str(target), "--questions", "--project", "tapi"]) == 1
    assert "cannot be written" in capsys.readouterr().err
    for name in [name for name in sys.modules if name.startswith(("fpdf", "sco_map.export.wall."))]:
        if name not in ("sco_map.export.wall.paper",):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "fpdf", None)
    with pytest.raises(ExportError, match=r"a \.pdf file needs fpdf; run pip install"):
        render(shipped, Selection(), View(), "pdf")


def test_options_of_a_sheet_are_for_sheets(shipped: Atlas) -> None:
    for file_format, options in itertools.product(("csv", "html", "gpkg"), (("paper", "A3"), ("sheet", "blank"))):
        asked: dict[str, Any] = dict([options])
        with pytest.raises(ExportError, match=r"only a \.pdf has a paper and a kind of sheet"):
            render(shipped, Selection(), View(), file_format, **asked)
    with pytest.raises(ExportError, match="unknown sheet 'poster'"):
        render(shipped, Selection(), View(), "pdf", sheet="poster")
