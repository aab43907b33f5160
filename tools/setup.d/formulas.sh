# Spreadsheet engines that exported formulas are tested in, and a reader of workbooks. Test tools only.
IRONCALC=0.9.1 FORMUALIZER=0.13.0 OPENPYXL=3.1.5

packages_formulas() { need_venv; }

setup_formulas() {
  local name=formulas-$IRONCALC-$FORMUALIZER-$OPENPYXL
  ! done_already "$name" || return 0
  say "IronCalc, Formualizer, openpyxl"
  pip_install "ironcalc==$IRONCALC" "formualizer==$FORMUALIZER" "openpyxl==$OPENPYXL"
  stamp "$name"
}
