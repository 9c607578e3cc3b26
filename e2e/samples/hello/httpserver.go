// A small HTTP server: the program that the demo builds.
package main

import (
	"fmt"
	"log"
	"net/http"
	"runtime"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, "Hello from an image that Stagewright built (%s, %s/%s)\n",
			runtime.Version(), runtime.GOOS, runtime.GOARCH)
	})
	log.Print("listening on :8080")
	log.Fatal(http.ListenAndServe(":8080", nil))
}
