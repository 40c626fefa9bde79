// Reads name, version and licence of the packages whose files are in a bundle, because their licences ask for a notice.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;

const LICENCE_FILE = /^(licen[cs]e|notice|copying|thirdpartynotices)/i;

/** Return the packages of the bundled files, sorted, each version once. */
export function readPackages(paths) {
  const folders = new Set(paths.map((path) => FOLDER.exec(path)?.[0]).filter(Boolean));
  const packages = new Map([...folders].map(readPackage).map((item) => [`${item.name}@${item.version}`, item]));
  return [...packages.keys()].sort().map((key) => packages.get(key));
}

function readPackage(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).filter((file) => LICENCE_FILE.test(file)).sort();
  const texts = files.map((file) => readFileSync(join(folder, file), "utf8").trim());
  return { name, version, licence: license, texts };
}
