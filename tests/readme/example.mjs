import { readFile } from "node:fs/promises";
import { Model } from "scorelet";

const model = await Model.load(await readFile(process.argv[2]));
const one = model.score({ income: 2500, debts: 5000, home: "rent" });
console.log(one.values.repaid, one.values["P(yes)"]);
const many = model.scoreColumns({ income: Float64Array.of(2500, 900), debts: Float64Array.of(5000, NaN), home: ["rent", "own"] });
console.log(many.values("repaid"), many.numbers("P(yes)"));
model.close();
