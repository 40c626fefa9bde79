import type { CodegenConfig } from "@graphql-codegen/cli";

const service = process.env.COUNTERPOINT_URL ?? "http://127.0.0.1:8000";

const config: CodegenConfig = {
  schema: `${service}/schema.graphql`,
  documents: "src/**/*.tsx",
  generates: {
    "src/gql/": {
      preset: "client",
      presetConfig: { fragmentMasking: { unmaskFunctionName: "readFragment" } },
      config: { scalars: { Date: "string" }, useTypeImports: true },
    },
    "src/gql/possible-types.ts": { plugins: ["fragment-matcher"] },
  },
};

export default config;
