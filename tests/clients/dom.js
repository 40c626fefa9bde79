// Render a page in a DOM: print its text each time it is complete, and press its first button until there is none.

import { Window } from "happy-dom";

const window = new Window();
globalThis.window = window;
globalThis.document = window.document;
globalThis.navigator ??= window.navigator;
const root = window.document.createElement("div");
root.id = "root";
window.document.body.append(root);

export async function use() {
  for (;;) {
    await completion();
    console.log(root.textContent);
    const button = root.querySelector("button");
    if (!button) return;
    const before = root.textContent;
    button.click();
    while (root.textContent === before) await turn();
  }
}

async function completion() {
  while (!root.textContent || root.textContent.includes("Loading")) await turn();
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 1));
