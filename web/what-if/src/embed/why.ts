// Explanations inside an element, loaded when they are wanted.
export { default as styles } from "../styles/why.css?inline";
export { backgroundAt } from "../explain/sources.ts";
export { WhyView } from "../views/why/why.ts";
