# Node and the npm packages of web/.
packages_web() { packages_node; }

setup_web() {
  setup_node
  npm_ci "$SOURCE/web"
}
