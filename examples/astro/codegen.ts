import type { CodegenConfig } from "@graphql-codegen/cli";

const service = process.env.COUNTERPOINT_URL ?? "http://127.0.0.1:8000";

const config: CodegenConfig = {
  schema: `${service}/schema.graphql`,
  documents: "src/*.ts",
  generates: {
    "src/gql/": {
      preset: "client",
      presetConfig: { fragmentMasking: { unmaskFunctionName: "readFragment" } },
      config: { documentMode: "string", scalars: { Date: "string" }, useTypeImports: true },
    },
  },
};

export default config;
