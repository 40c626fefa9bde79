// A fetch that counts the requests, and a check that nothing was written to the console.

import assert from "node:assert/strict";
import { afterEach, mock } from "node:test";

export const url = `${process.env.SERVER}/graphql`;

let requests = 0;
const send = globalThis.fetch;
globalThis.fetch = (...args) => {
  requests += 1;
  return send(...args);
};

/** Return what a function returns, with the number of requests that it sent. */
export async function countRequests(run) {
  const before = requests;
  return [await run(), requests - before];
}

for (const name of ["warn", "error", "log"]) mock.method(console, name, () => {});
afterEach(() => {
  const messages = ["warn", "error", "log"].flatMap((name) => console[name].mock.calls.map((call) => call.arguments));
  assert.deepEqual(messages, []);
});
