/** Small documents whose answers can be worked out by hand. */
const head = `<?xml version="1.0"?><PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/>`;

/** y = 1.5 + 2 x + (10 if group is a), by name also as output `doubled`. */
export const linear = `${head}
<DataDictionary>
  <DataField name="x" optype="continuous" dataType="double"/>
  <DataField name="group" optype="categorical" dataType="string"><Value value="a"/><Value value="é"/></DataField>
  <DataField name="y" optype="continuous" dataType="double"/>
</DataDictionary>
<RegressionModel modelName="linear" functionName="regression">
  <MiningSchema>
    <MiningField name="x"/><MiningField name="group"/><MiningField name="y" usageType="target"/>
  </MiningSchema>
  <Output>
    <OutputField name="shown" optype="categorical" dataType="string" feature="transformedValue"><FieldRef field="group"/></OutputField>
    <OutputField name="large" optype="categorical" dataType="boolean" feature="transformedValue">
      <Apply function="greaterThan"><FieldRef field="x"/><Constant dataType="double">1</Constant></Apply>
    </OutputField>
  </Output>
  <RegressionTable intercept="1.5">
    <NumericPredictor name="x" coefficient="2"/>
    <CategoricalPredictor name="group" value="a" coefficient="10"/>
  </RegressionTable>
</RegressionModel></PMML>`;

/** Days between a date and 2020-01-01, and the date itself. */
export const dated = `${head}
<DataDictionary>
  <DataField name="day" optype="ordinal" dataType="date"/>
  <DataField name="y" optype="continuous" dataType="double"/>
</DataDictionary>
<RegressionModel functionName="regression">
  <MiningSchema><MiningField name="day"/><MiningField name="y" usageType="target"/></MiningSchema>
  <Output><OutputField name="same" optype="ordinal" dataType="date" feature="transformedValue"><FieldRef field="day"/></OutputField></Output>
  <LocalTransformations>
    <DerivedField name="days" optype="continuous" dataType="integer">
      <Apply function="dateDaysSinceYear"><FieldRef field="day"/><Constant dataType="integer">2020</Constant></Apply>
    </DerivedField>
  </LocalTransformations>
  <RegressionTable intercept="0"><NumericPredictor name="days" coefficient="1"/></RegressionTable>
</RegressionModel></PMML>`;

/** A level of 100 that rises by 2.5 a step. */
export const rising = `${head}
<DataDictionary><DataField name="y" optype="continuous" dataType="double"/></DataDictionary>
<TimeSeriesModel functionName="timeSeries" bestFit="ExponentialSmoothing">
  <MiningSchema><MiningField name="y" usageType="target"/></MiningSchema>
  <ExponentialSmoothing>
    <Level alpha="0.3" smoothedValue="100"/><Trend_ExpoSmooth trend="additive" gamma="0.1" smoothedValue="2.5"/>
  </ExponentialSmoothing>
</TimeSeriesModel></PMML>`;

/** A CUSUM: s becomes max(0, s + 2x - 12), since that is what ln(N(x; 7, 1) / N(x; 5, 1)) comes to. */
export const cusum = `${head}
<DataDictionary>
  <DataField name="x" optype="continuous" dataType="double"/><DataField name="s" optype="continuous" dataType="double"/>
</DataDictionary>
<BaselineModel functionName="regression">
  <MiningSchema><MiningField name="x"/><MiningField name="s" usageType="target"/></MiningSchema>
  <TestDistributions field="x" testStatistic="CUSUM">
    <Baseline><GaussianDistribution mean="5" variance="1"/></Baseline>
    <Alternate><GaussianDistribution mean="7" variance="1"/></Alternate>
  </TestDistributions>
</BaselineModel></PMML>`;

/** The text of the row before. */
export const lagged = `${head}
<DataDictionary>
  <DataField name="word" optype="categorical" dataType="string"/><DataField name="y" optype="continuous" dataType="double"/>
</DataDictionary>
<RegressionModel functionName="regression">
  <MiningSchema><MiningField name="word"/><MiningField name="y" usageType="target"/></MiningSchema>
  <Output><OutputField name="before" optype="categorical" dataType="string" feature="transformedValue"><FieldRef field="last"/></OutputField></Output>
  <LocalTransformations>
    <DerivedField name="last" optype="categorical" dataType="string"><Lag field="word" n="1"/></DerivedField>
  </LocalTransformations>
  <RegressionTable intercept="1"/>
</RegressionModel></PMML>`;

/** Two faults: an unknown field and a coefficient that is no number. */
export const faulty = linear.replace(`name="x" coefficient="2"`, `name="nowhere" coefficient="2"`).replace(`intercept="1.5"`, `intercept="many"`);

/** A pattern that is only known with the row. */
export const spelled = linear.replace(/<Apply function="greaterThan">.*<\/Apply>/,
  `<Apply function="matches"><FieldRef field="group"/><FieldRef field="group"/></Apply>`);
