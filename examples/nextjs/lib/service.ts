export const SERVICE = process.env.COUNTERPOINT_URL ?? "http://127.0.0.1:8000";
