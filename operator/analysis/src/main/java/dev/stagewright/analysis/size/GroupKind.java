package dev.stagewright.analysis.size;

/** Kinds of files that most containers do not need. */
public enum GroupKind {
  APT_CACHE("package lists and caches of apt", "RUN apt-get … && rm -rf /var/lib/apt/lists/*"),
  APK_CACHE("caches of apk", "RUN apk add --no-cache …"),
  DNF_CACHE("caches of dnf and yum", "RUN dnf install -y … && dnf clean all"),
  PIP_CACHE("caches of pip", "RUN pip install --no-cache-dir …"),
  NPM_CACHE("caches of npm", "RUN --mount=type=cache,target=/root/.npm npm ci"),
  YARN_CACHE("caches of yarn and pnpm", "RUN yarn install && yarn cache clean"),
  GO_CACHE("caches of Go", "RUN --mount=type=cache,target=/root/.cache/go-build go build …"),
  CARGO_CACHE(
      "the registry and build directory of Cargo",
      "copy only the program to the last stage: COPY --from=build /src/target/release/… /"),
  MAVEN_CACHE("caches of Maven and Gradle", "RUN --mount=type=cache,target=/root/.m2 mvn package"),
  GIT("the history of a Git repository", "add .git to .dockerignore"),
  DEBUG_SYMBOLS(
      "debug symbols in programs and libraries",
      "strip them in the stage that builds them: RUN strip …, or the linker flag -s"),
  TESTS("tests", "add the tests to .dockerignore, or do not copy them to the last stage"),
  DOCUMENTATION(
      "documentation, man pages, and translations",
      "RUN … && rm -rf /usr/share/doc /usr/share/man /usr/share/locale"),
  TOOLCHAIN(
      "compilers, headers, and SDKs",
      "build in a stage of its own, and copy only the result: COPY --from=build … …"),
  DEVELOPMENT_PACKAGES("packages that are needed only for development", "RUN npm ci --omit=dev"),
  STATIC_LIBRARIES("static libraries", "do not copy *.a to the last stage");

  private final String text;
  private final String fix;

  GroupKind(String text, String fix) {
    this.text = text;
    this.fix = fix;
  }

  /** What the files are, for messages. */
  public String text() {
    return text;
  }

  /** How to leave them out, with the words of the Dockerfile. */
  public String fix() {
    return fix;
  }
}
