"use client";

export default function Failure() {
  return (
    <>
      <h1>This page could not be loaded</h1>
      <a href="">Try again</a>
    </>
  );
}
