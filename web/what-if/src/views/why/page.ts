// Explanations as the page loads them, with their styles; an element takes the styles into a sheet of its own.
import "../../styles/why.css";
export { WhyView } from "./why.ts";
