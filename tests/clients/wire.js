// Stands between the page's examples and the server: finds it, and prints what is asked and how that is answered.

const send = globalThis.fetch;

globalThis.fetch = async (input, init) => {
  const request = new Request(String(input).replace("https://counterpoint.example", process.env.SERVER), init);
  const { searchParams } = new URL(request.url);
  const parameters = request.body ? Object.keys(await request.clone().json()) : [...searchParams.keys()];
  const answer = await send(request);
  const told = [answer.status, ...(await codes(answer.clone()))].join(" ");
  console.log(`${request.method} ${parameters.sort().join(", ")} → ${told}`);
  return answer;
};

async function codes(answer) {
  const { errors = [] } = JSON.parse((await answer.text()) || "{}");
  return errors.map(({ extensions }) => extensions.code);
}
