// Breaks a text into lines.

/** A text in lines no wider than `most`; `width` measures. Chinese breaks anywhere, other languages at spaces. */
export function wrapped(text: string, most: number, width: (text: string) => number): string[] {
  const hasSpaces = /\s/.test(text);
  const words = hasSpaces ? text.split(/\s+/) : [...text];
  const joint = hasSpaces ? " " : "";
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    const longer = line ? line + joint + word : word;
    if (line && width(longer) > most) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line ? [...lines, line] : lines;
}
