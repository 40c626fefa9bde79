// Replace fetch for the examples: send each request to the test server, and print the request and the status.

const send = globalThis.fetch;

globalThis.fetch = async (input, init) => {
  const request = new Request(String(input).replace("https://counterpoint.example", process.env.SERVER), init);
  const { searchParams } = new URL(request.url);
  const parameters = request.body ? Object.keys(await request.clone().json()) : [...searchParams.keys()];
  const response = await send(request);
  const status = [response.status, ...(await errorCodes(response.clone()))].join(" ");
  console.log(`${request.method} ${parameters.sort().join(", ")} → ${status}`);
  return response;
};

async function errorCodes(response) {
  const { errors = [] } = JSON.parse((await response.text()) || "{}");
  return errors.map(({ extensions }) => extensions.code);
}
