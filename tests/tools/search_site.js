// Copyright (c) 2026, huaweicloud.mrs contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Usage: node search_site.js SITE < queries.json. Types each query into the search of a site that
// Sphinx has built, and writes the first three hits of each, such as docsite/questions#anchor, as
// JSON.

const fs = require("fs");
const vm = require("vm");

const site = process.argv[2];
const page = {
  document: { getElementById: () => null },
  localStorage: { setItem: () => {} },
  _ready: () => {},
  _: (text) => text,
  SPHINX_HIGHLIGHT_ENABLED: false,
  DOCUMENTATION_OPTIONS: {
    FILE_SUFFIX: ".html", LINK_SUFFIX: ".html", SHOW_SEARCH_SUMMARY: false,
  },
};
page.window = page;
const read = (name) => fs.readFileSync(`${site}/${name}`, "utf-8");
const scripts = ["_static/language_data.js", "_static/searchtools.js", "searchindex.js"].map(read);
const hits = `(query) =>
  Search._performSearch(...Search._parseQuery(query)).reverse().slice(0, 3)
    .map((hit) => hit[0] + hit[2])`;
const search = vm.runInNewContext(`${scripts.join("\n")}\n;${hits}`, page);
const queries = JSON.parse(fs.readFileSync(0, "utf-8"));
console.log(JSON.stringify(Object.fromEntries(queries.map((query) => [query, search(query)]))));
