// The bundle's entry: where the editor finds its workers, then the script that any page of the explorer runs.

import "./workers.js";
import "../src/counterpoint/http/explorer.js";
