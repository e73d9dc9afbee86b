// Builds what the browser gets into mooring/clinic/static/built: styles, scripts, licences.
import { build } from "esbuild";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { compile } from "sass";

const place = "../mooring/clinic/static/built";
// Built beside its place and swapped in, so that a running page never finds it half made.
const out = `${place}.new`;
const shipped = ["bootstrap", "uplot", "@observablehq/plot", "idb", "uuid"];

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const css = compile("scss/mooring.scss", {
  style: "compressed",
  loadPaths: ["node_modules"],
  quietDeps: true,
  silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
});
writeFileSync(`${out}/mooring.css`, css.css);

await build({
  entryPoints: ["js/app.js", "js/session.js", "js/outcome.js"],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  outdir: out,
  logLevel: "warning",
});

const licences = shipped.map((name) => {
  const version = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")).version;
  return `${name} ${version}\n\n${licence(name)}`;
});
writeFileSync(`${out}/licences.txt`, licences.join("\n\n----\n\n"));

if (existsSync(place)) renameSync(place, `${place}.old`);
renameSync(out, place);
rmSync(`${place}.old`, { recursive: true, force: true });

function licence(name) {
  for (const file of ["LICENSE", "LICENSE.md", "LICENSE.txt", "licence"]) {
    try {
      return readFileSync(`node_modules/${name}/${file}`, "utf8");
    } catch {
      continue;
    }
  }
  throw new Error(`${name} carries no licence file`);
}
