import type { NextConfig } from "next";
import { SERVICE } from "./lib/service.ts";

const config: NextConfig = {
  poweredByHeader: false,
  // The images in HTML have addresses such as /images/<digest>.png.
  rewrites: async () => [{ source: "/images/:name", destination: `${SERVICE}/images/:name` }],
};

export default config;
