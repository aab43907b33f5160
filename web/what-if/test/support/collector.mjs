// A collector on the page's own server: takes what is posted below otlp/, answers by a plan, and keeps bodies and records.
import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";

export const settings = (more = {}) => ({ url: "otlp", rhythm: { interval: 0.2, firstDelay: 0.1, longestDelay: 0.3 }, ...more });

export const attribute = (record, name) => {
  const value = record.attributes.find(({ key }) => key === name)?.value;
  return value && Object.values(value)[0];
};
export const mapOf = (value) => Object.fromEntries((value?.kvlistValue?.values ?? []).map(({ key, value }) => [key, value]));
export const idOf = (record) => attribute(record, "scoring.prediction.id");
export const isPrediction = ({ eventName }) => eventName === "scoring.prediction";

export class Collector {
  /** What a request is answered with; null: nothing. */
  plan = () => ({ status: 200, body: "{}" });
  requests = 0;
  /** Of requests that were answered with 200: path and text; of all, what the network carried. */
  taken = [];
  carried = [];
  headers = [];

  /** Sets telemetry up on this server. */
  constructor(server, given) {
    this.server = server;
    server.changed.set("telemetry.json", () => (typeof given === "string" ? given : JSON.stringify(given)));
    server.collect = (request, response) => {
      const chunks = [];
      request.on("data", (chunk) => chunks.push(chunk));
      request.on("end", () => {
        const sent = Buffer.concat(chunks);
        const body = String(request.headers["content-encoding"] === "gzip" ? gunzipSync(sent) : sent);
        const where = request.url.replace("/some/folder", "");
        this.requests++;
        this.carried.push(body);
        this.headers.push(request.headers);
        const answer = this.plan();
        if (!answer) return request.socket.destroy();
        if (answer.status === 200) this.taken.push([where, body]);
        response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers }).end(answer.body ?? "");
      });
    };
  }

  end() {
    this.server.changed.delete("telemetry.json");
    this.server.collect = null;
  }

  get records() {
    return this.taken
      .filter(([where]) => where === "/otlp/v1/logs")
      .flatMap(([, body]) => JSON.parse(body).resourceLogs.flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords)));
  }

  /** Each record once. */
  get predictions() {
    return [...new Map(this.records.filter(isPrediction).map((record) => [idOf(record), record])).values()];
  }

  /** All points of a metric that came. */
  points(name) {
    return this.taken
      .filter(([where]) => where === "/otlp/v1/metrics")
      .flatMap(([, body]) => JSON.parse(body).resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics)))
      .filter((metric) => metric.name === name)
      .flatMap(({ sum, gauge, histogram }) => (sum ?? gauge ?? histogram).dataPoints);
  }

  async until(isDone, what = "what was waited for did not come") {
    for (const end = Date.now() + 60_000; !isDone(this); ) {
      assert.ok(Date.now() < end, `${what}; ${this.requests} requests, ${this.records.length} records`);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }
}
