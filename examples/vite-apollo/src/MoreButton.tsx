import { useTransition } from "react";

/** A button that loads the next page. The list stays visible meanwhile. */
export function MoreButton({ load }: { load: () => Promise<unknown> }) {
  const [isLoading, startTransition] = useTransition();
  return (
    <button disabled={isLoading} onClick={() => startTransition(async () => void (await load()))}>
      {isLoading ? "Loading …" : "Show more"}
    </button>
  );
}
