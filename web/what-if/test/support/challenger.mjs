// A second model for the example's records: it shares two fields with the example and asks for one that has no place in
// its form. The chance of yes is 1 / (1 + exp(-(-3 + 0.05 u + 0.5 l + 0.1 s))), with s = 0 where it is not given.
const field = (name, more = "") =>
  `<DataField name="${name}" optype="continuous" dataType="double">${more}</DataField>`;

export const challenger = {
  name: "challenger.pmml",
  mimeType: "application/xml",
  buffer: Buffer.from(
    `<PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header><Annotation>Made for a test.</Annotation></Header><DataDictionary>
      ${field("credit_utilization", '<Interval closure="closedClosed" leftMargin="0" rightMargin="100"/>')}${field("late_payments")}${field("shoe_size")}
      <DataField name="default" optype="categorical" dataType="string"><Value value="no"/><Value value="yes"/></DataField></DataDictionary>
    <RegressionModel modelName="Challenger" functionName="classification" normalizationMethod="logit"><MiningSchema>
      <MiningField name="credit_utilization" invalidValueTreatment="asIs"/><MiningField name="late_payments"/>
      <MiningField name="shoe_size" missingValueReplacement="0" missingValueTreatment="asValue"/>
      <MiningField name="default" usageType="target"/></MiningSchema>
    <RegressionTable targetCategory="yes" intercept="-3"><NumericPredictor name="credit_utilization" coefficient="0.05"/>
      <NumericPredictor name="late_payments" coefficient="0.5"/><NumericPredictor name="shoe_size" coefficient="0.1"/></RegressionTable>
    <RegressionTable targetCategory="no" intercept="0"/></RegressionModel></PMML>`,
  ),
};

export const chanceOfYes = (u, l, s = 0) => 1 / (1 + Math.exp(-(-3 + 0.05 * u + 0.5 * l + 0.1 * s)));
