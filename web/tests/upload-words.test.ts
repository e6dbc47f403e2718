// The field for files of the app in the language of the reader.
import assert from "node:assert/strict";
import { test } from "node:test";
import { uploadWords } from "../src/app/upload-words.ts";

const WORDS = {
  upload: "Выбрать",
  upload_more: "Добавить",
  upload_drop: "Сюда",
  upload_most: "Не больше {}",
  upload_refused: "Не читается.",
  upload_large: "Больше {}.",
  upload_error: "Ошибка:",
  upload_remove: "Убрать {}",
};

for (const [said, written] of [
  ["Upload", "Выбрать"],
  ["file upload", "Выбрать"],
  ["Add files", "Добавить"],
  ["Drag and drop files here", "Сюда"],
  ["Drag and drop a file here", "Сюда"],
  ["64MB per file • CSV, KML", "Не больше 64 МБ"],
  ["Error: text/plain files are not allowed.", "Не читается."],
  ["Error:  files are not allowed.", "Не читается."],
  ["File must be 64.0MB or smaller.", "Больше 64 МБ."],
  ["Remove $& a.csv", "Убрать $& a.csv"],
  ["8.0B", "8 Б"],
  ["1.5KB", "1,5 кБ"],
  ["a, b.csv, 8.0B", "a, b.csv, 8 Б"],
  ["Error: ", "Ошибка: "],
  ["Файлы: CSV", "Файлы: CSV"],
] as const) {
  test(`${said} is written as ${written}`, () =>
    assert.equal(uploadWords(said, WORDS, "ru").replaceAll("\u00a0", " "), written));
}

test("without words in the language everything stays as Streamlit writes it", () => {
  assert.equal(uploadWords("Upload", {}, "ru"), "Upload");
});
