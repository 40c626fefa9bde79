// Replace fetch for the examples: send each request to the test server, and print the request and the status.

import { needsPreflight } from "./preflight.js";

const send = globalThis.fetch;

globalThis.fetch = async (input, init) => {
  const request = new Request(String(input).replace("http://127.0.0.1:8000", process.env.SERVER), init);
  const { searchParams } = new URL(request.url);
  const parameters = request.body ? Object.keys(await request.clone().json()) : [...searchParams.keys()];
  const response = await send(request);
  const status = [response.status, ...(await errorCodes(response.clone()))].join(" ");
  const preflight = needsPreflight(request) ? " (preflight)" : "";
  console.log(`${request.method} ${parameters.sort().join(", ")} → ${status}${preflight}`);
  return response;
};

// Examples must print no warning that their output does not show.
console.warn = console.error = console.log;

async function errorCodes(response) {
  const text = await response.text();
  const { errors = [] } = text.startsWith("{") ? JSON.parse(text) : {};
  return errors.map(({ extensions }) => extensions.code);
}
