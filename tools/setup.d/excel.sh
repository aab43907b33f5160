# The npm packages of addins/excel; the package scorelet among them is the one of web/.
packages_excel() { packages_web; }

setup_excel() {
  setup_web
  npm_ci "$SOURCE/addins/excel"
}
