// scorelet-dashboard-schema FILE
//
// Reads a dashboard by Grafana's own definitions of dashboards, panels and queries, and writes what it understood. A
// member that is missing or of another kind is refused; one that nothing knows may only be left out of what is written.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

func understood(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	plugins.RegisterDefaultPlugins()
	// Its errors are a list, which may be empty; then it has left out panels, which the usual way reads.
	var strict, read dashboard.Dashboard
	if err := strict.UnmarshalJSONStrict(text); err != nil && err.Error() != "" {
		return nil, err
	}
	if err := json.Unmarshal(text, &read); err != nil {
		return nil, err
	}
	if err := read.Validate(); err != nil && err.Error() != "" {
		return nil, err
	}
	return json.Marshal(read)
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "scorelet-dashboard-schema FILE")
		os.Exit(2)
	}
	text, err := understood(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(string(text))
}
