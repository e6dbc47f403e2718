// Bundles the page's script for sco_map/page/assets: the same sources give the same bytes on every machine.
//   node build.mjs            writes the bundles
//   node build.mjs --check    writes nothing; exits 1 when a bundle is not what the sources give
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const ASSETS = join(HERE, "..", "sco_map", "page", "assets");

/** What the browser must know to run the page; the opening script asks for more before it starts the rest. */
const PAGE_TARGET = "es2022";

/** The opening script has to be understood by browsers that are too old for the page, so that it can tell them. */
const OPENING_TARGET = "es2017";

const BUNDLES = [
  { entry: "main.ts", file: "page.js", format: "iife", target: PAGE_TARGET },
  { entry: "open.ts", file: "open.js", format: "iife", target: OPENING_TARGET },
  { entry: "tiles/tiles.ts", file: "tiles/tiles.js", format: "iife", target: PAGE_TARGET },
  { entry: "app/frame.ts", file: "app/frame.js", format: "esm", target: PAGE_TARGET },
  { entry: "app/below.ts", file: "app/below.js", format: "esm", target: PAGE_TARGET },
];

/** The files that a bundle is made from, in one order everywhere. */
function sources() {
  const names = readdirSync(join(HERE, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(HERE, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
  return [...names, "build.mjs", "contract.json", "package-lock.json"].sort();
}

/** A digest of the sources, the first line of each bundle: Python tells with it, without node, whether one is stale. */
function digest() {
  const hash = createHash("sha256");
  for (const name of sources()) {
    const content = readFileSync(join(HERE, name));
    hash.update(`${name} ${content.length}\n`).update(content);
  }
  return hash.digest("hex");
}

/** The contract without what only says to its readers that it is made. */
const CONTRACT = {
  name: "contract",
  setup: ({ onLoad }) =>
    onLoad({ filter: /contract\.json$/ }, ({ path }) => {
      const { comment, ...said } = JSON.parse(readFileSync(path, "utf8"));
      return { contents: JSON.stringify(said), loader: "json" };
    }),
};

async function bundled({ entry, format, target }) {
  const result = await build({
    entryPoints: [join(HERE, "src", entry)],
    absWorkingDir: HERE,
    bundle: true,
    write: false,
    minify: true,
    legalComments: "none",
    plugins: [CONTRACT],
    charset: "utf8",
    format,
    target,
  });
  return `// Made from web/ by make web; sources ${digest()}\n${result.outputFiles[0].text}`;
}

const check = process.argv.includes("--check");
let stale = 0;
for (const bundle of BUNDLES) {
  const file = join(ASSETS, bundle.file);
  const text = await bundled(bundle);
  let before = "";
  try {
    before = readFileSync(file, "utf8");
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  if (before === text) continue;
  stale += 1;
  if (!check) writeFileSync(file, text);
  console.log(`${relative(join(HERE, ".."), file)}: ${check ? "is out of date; run make web" : "written"}`);
}
process.exitCode = check && stale ? 1 : 0;
