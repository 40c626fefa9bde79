import type { Metadata } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import "./style.css";

export const metadata: Metadata = {
  metadataBase: new URL(process.env.SITE_URL ?? "http://localhost:3000"),
  title: { default: "Counterpoint", template: "%s · Counterpoint" },
  icons: "data:,",
};

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <header>
          <Link href="/">Counterpoint</Link>
        </header>
        <main>{children}</main>
      </body>
    </html>
  );
}
