// Print the audits of GraphQL over HTTP that a server fails, with the rule and the reason.

import { auditServer } from "graphql-http";

const server = process.env.SERVER;
const results = await auditServer({ url: `${server}/graphql` });
const failed = results.filter(({ status }) => status !== "ok");
console.log(JSON.stringify(failed.map(({ id, name, reason }) => ({ id, name, reason }))));
