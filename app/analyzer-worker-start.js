// Starts the analyzer in a worker, with the module that the page compiled once for all of them.
import init from "./analyzer-worker.js";

onmessage = ({ data: module }) => {
  // The analyzer sets its own listener. What fails here must reach the page, as an error of this worker.
  onmessage = null;
  init({ module_or_path: module }).catch(reportError);
};
