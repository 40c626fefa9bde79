import { ApolloProvider } from "@apollo/client/react";
import { StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { createBrowserRouter, Link, Outlet, RouterProvider, ScrollRestoration } from "react-router";
import { ArticleList } from "./ArticleList";
import { ArticlePage } from "./ArticlePage";
import { client } from "./client";
import { PartyPage } from "./PartyPage";
import "./style.css";

function Layout() {
  return (
    <>
      <header>
        <Link to="/">Counterpoint</Link>
      </header>
      <main>
        <Suspense fallback={<p role="status">Loading …</p>}>
          <Outlet />
        </Suspense>
      </main>
      <ScrollRestoration />
    </>
  );
}

function Failure() {
  return (
    <main>
      <h1>This page could not be loaded</h1>
      <a href="">Try again</a>
    </main>
  );
}

const router = createBrowserRouter([
  {
    element: <Layout />,
    errorElement: <Failure />,
    children: [
      { path: "/", element: <ArticleList /> },
      { path: "/articles/:slug", element: <ArticlePage /> },
      { path: "/parties/:slug", element: <PartyPage /> },
      { path: "*", element: <h1>There is no such page</h1> },
    ],
  },
]);

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <ApolloProvider client={client}>
      <RouterProvider router={router} />
    </ApolloProvider>
  </StrictMode>,
);
