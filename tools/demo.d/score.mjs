// Scores a CSV file with the npm package: node score.mjs MODEL INPUT OUTPUT (NDJSON)
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import { Model } from '../../web/scorelet/dist/index.js';

const Papa = createRequire(new URL('../../web/scorelet/package.json', import.meta.url))('papaparse');
const [modelFile, inputFile, outputFile] = process.argv.slice(2);

const model = await Model.load(await readFile(modelFile));
const { data, meta } = Papa.parse(await readFile(inputFile, 'utf8'), { header: true, skipEmptyLines: true });
const columns = Object.fromEntries(meta.fields.map((name) => [name, data.map((row) => row[name] || null)]));
await writeFile(outputFile, model.scoreToNdjson(columns));
model.close();
