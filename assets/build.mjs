// Builds styles and scripts into dist/: minified, named after their content, compressed beforehand, listed in manifest.json.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import * as esbuild from "esbuild";
import * as sass from "sass";

const here = fileURLToPath(new URL(".", import.meta.url));
const dist = join(here, "dist");
const bundles = ["residents", "officers"];

async function style(name) {
  const { css } = sass.compile(join(here, "styles", `${name}.scss`), {
    loadPaths: [join(here, "node_modules/govuk-frontend/dist"), join(here, "node_modules/@ministryofjustice/frontend")],
    quietDeps: true,
  });
  const { code } = await esbuild.transform(css, { loader: "css", minify: true, target: ["es2020"] });
  return code;
}

async function script(name) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(here, "scripts", `${name}.js`)],
    bundle: true,
    format: "esm",
    minify: true,
    target: ["es2020"],
    write: false,
    legalComments: "none",
  });
  return outputFiles[0].text;
}

async function write(name, content, manifest) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const dot = name.lastIndexOf(".");
  const file = `${name.slice(0, dot)}.${hash}${name.slice(dot)}`;
  const bytes = Buffer.from(content);
  const br = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  await writeFile(join(dist, file), bytes);
  await writeFile(join(dist, `${file}.br`), br);
  await writeFile(join(dist, `${file}.gz`), gzipSync(bytes, { level: 9 }));
  manifest[name] = file;
  console.log(`${file.padEnd(36)} ${String(bytes.length).padStart(7)} bytes, ${String(br.length).padStart(6)} as br`);
}

await mkdir(dist, { recursive: true });
for (const old of await readdir(dist)) {
  if (old !== ".gitkeep") await rm(join(dist, old));
}
const manifest = {};
for (const name of bundles) {
  await write(`${name}.css`, await style(name), manifest);
  await write(`${name}.js`, await script(name), manifest);
}
for (const name of await readdir(join(here, "static"))) {
  await write(name, await readFile(join(here, "static", name)), manifest);
}
await writeFile(join(dist, "manifest.json"), JSON.stringify(manifest, null, 2));
