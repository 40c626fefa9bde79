import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const service = process.env.COUNTERPOINT_URL ?? "http://127.0.0.1:8000";

// Under the page's own origin, requests need no preflight, and the images in HTML work as they are.
const proxy = { "/graphql": service, "/images": service };

export default defineConfig({ plugins: [react()], server: { proxy }, preview: { proxy } });
