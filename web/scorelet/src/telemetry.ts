/**
 * Tells a collector what models said, once the host's owner switches it on.
 *
 *     const telemetry = await Telemetry.open({ url: "https://collector.example.com" });
 *     const model = await (await Runtime.full()).loadModel(fetch("churn.pmml"));
 *     const watch = telemetry.watch(model);
 *     await telemetry.switchOn();
 *     const { values } = model.score({ age: 38, employment: "Private" });
 *     const [id] = watch.report();
 *
 * @module
 */
/// <reference lib="esnext.disposable" preserve="true" />
export { Telemetry } from "./telemetry/telemetry.js";
export { indexedDbStorage, memoryStorage, type TelemetryStorage, type TelemetryStore } from "./telemetry/storage.js";
export { isSwitchedOn, onSwitch } from "./telemetry/switch.js";
export type * from "./telemetry/types.js";
export { Watch } from "./telemetry/watch.js";
