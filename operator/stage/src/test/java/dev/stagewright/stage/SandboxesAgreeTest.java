package dev.stagewright.stage;

import static dev.stagewright.stage.TestStage.copy;
import static dev.stagewright.stage.TestStage.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.Step;
import dev.stagewright.stage.linux.ExtendedAttributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All sandboxes create identical layers for the same instructions. */
@NeedsRoot
class SandboxesAgreeTest {
  /** Capabilities of a file: NET_BIND_SERVICE, effective and permitted. */
  private static final byte[] CAPABILITY = {
    1, 0, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  @TempDir Path folder;

  @BeforeEach
  void prepare() throws IOException {
    var root = TestRoot.create(Files.createDirectory(folder.resolve("root")));
    for (var directory : new String[] {"srv/deep/er", "srv/opaque/sub", "opt"}) {
      Files.createDirectories(root.path().resolve(directory));
    }
    for (var file : "a b deep/c deep/er/d opaque/e opaque/sub/f g h i j".split(" ", 0)) {
      root.write("srv/" + file, file + "\n");
    }
  }

  private List<StageResult.Layer> layers(SandboxKind sandbox, Step... steps) throws IOException {
    // Includes all times, so that untouched files are equal in both.
    var root = folder.resolve("root-" + sandbox);
    Tar.lines("cp", "--archive", folder.resolve("root").toString(), root.toString());
    var build = new TestStage(folder.resolve("workspace-" + sandbox), sandbox);
    build.context(
        TarEntry.file("one", 3).withMode(0640).withMtime(1_000_000_000, 5),
        TarEntry.hardLink("two", "one"),
        TarEntry.file("able", 4)
            .withMode(0755)
            .withMtime(1_000_000_000, 0)
            .withXattrs(Map.of(ExtendedAttributes.CAPABILITY, CAPABILITY)),
        TarEntry.symlink("three", "one").withMtime(1_100_000_000, 0));
    build.base(folder.resolve("root"));
    build.stage("s0", TestStage.BASE, List.of(), true, steps);
    assertThat(build.run("s0", root)).as(build.log()).isZero();
    return build.result("s0").layers();
  }

  private void agreeOn(Step... steps) throws IOException {
    assertThat(layers(SandboxKind.USER_NAMESPACE, steps))
        .isEqualTo(layers(SandboxKind.IN_PLACE, steps))
        .hasSize(steps.length);
  }

  /** Runs a script and gives these files the same times in every run. */
  private static Step.Run at(String script, String... touched) {
    return run(
        script
            + Arrays.stream(touched)
                .map(path -> "; touch -h -d @1200000000 " + path)
                .reduce("", String::concat));
  }

  @Test
  void allKindsOfChanges() throws IOException {
    agreeOn(
        run("true"),
        at("echo new > /srv/new; chmod 4751 /srv/new; chown 7:8 /srv/new", "/srv/new", "/srv"),
        at("echo other > /srv/a", "/srv/a"),
        at("chmod 600 /srv/b"),
        at("chown 5:6 /srv/deep/c; chmod 711 /srv/deep"),
        at("rm -r /srv/deep/er; rm /srv/g", "/srv/deep", "/srv"),
        at("rm -r /srv/opaque; mkdir -p /srv/opaque/sub", "/srv/opaque/sub", "/srv/opaque", "/srv"),
        at("echo x > /srv/opaque/sub/y", "/srv/opaque/sub/y", "/srv/opaque/sub"));
  }

  @Test
  void changedTypes() throws IOException {
    agreeOn(
        at("rm /srv/a; mkdir /srv/a; echo x > /srv/a/x", "/srv/a/x", "/srv/a", "/srv"),
        at("rm -r /srv/deep; ln -s opaque /srv/deep", "/srv/deep", "/srv"),
        at("rm -r /srv/opaque; echo x > /srv/opaque", "/srv/opaque", "/srv"),
        at("rm /srv/h; mkfifo /srv/h", "/srv/h", "/srv"),
        at("rm -r /srv/a; echo x > /srv/a", "/srv/a", "/srv"),
        at("rm -r /srv", "/"));
  }

  /** The link leads to a file that equals the new one. */
  @Test
  void directoryInPlaceOfALinkToADirectory() throws IOException {
    agreeOn(
        at("ln -s opaque /srv/s", "/srv/opaque/e", "/srv/s", "/srv"),
        at("rm /srv/s; mkdir /srv/s; cp -p /srv/opaque/e /srv/s/", "/srv/s/e", "/srv/s", "/srv"));
    var build = new TestStage(folder.resolve("workspace-" + SandboxKind.USER_NAMESPACE));
    assertThat(build.layer("s0", 1)).containsExactly("srv/", "srv/s/", "srv/s/e");
  }

  @Test
  void linksAndRenames() throws IOException {
    agreeOn(
        at("ln /srv/a /opt/z; ln /srv/a /srv/0", "/srv/a", "/srv", "/opt"),
        at("mv /srv/b /srv/moved; mv /srv/deep /srv/deeper", "/srv", "/srv/deeper"),
        at("ln -s x /srv/s", "/srv/s", "/srv"),
        at("mv /srv/s /opt/s", "/srv", "/opt"),
        at("mkdir /opt/d; echo x > /opt/d/x; ln /opt/d/x /opt/x", "/opt/x", "/opt/d", "/opt"),
        at("mv /opt/d /opt/e", "/opt/e", "/opt"));
  }

  /** A layer cannot represent the difference, so it does not contain the files. */
  @Test
  void touchedFilesAreOmitted() throws IOException {
    Tar.lines("sh", "-c", "find " + folder + "/root/srv ! -type d -exec touch -d @1200000000 {} +");
    var steps =
        new Step[] {
          run("true"),
          run("chmod 644 /srv/a; chown 0:0 /srv/a; chmod 755 /srv/deep; : >> /srv/b"),
          run("chmod 600 /srv/b; chmod 644 /srv/b; ln /srv/h /srv/x; rm /srv/x"),
          at("echo x > /srv/a; echo a > /srv/a", "/srv/a"),
          at("rm /srv/g; echo g > /srv/g", "/srv/g"),
          at(
              "rm -r /srv/opaque; mkdir -p /srv/opaque/sub; cd /srv; echo opaque/e > opaque/e;"
                  + " echo opaque/sub/f > opaque/sub/f",
              "/srv/opaque/e",
              "/srv/opaque/sub/f"),
          run("mv /srv/i /srv/x; mv /srv/x /srv/i"),
          run("touch /tmp/x; rm /tmp/x; mkdir /opt/x; rmdir /opt/x; touch /srv/deep")
        };
    agreeOn(steps);
    var build = new TestStage(folder.resolve("workspace-" + SandboxKind.IN_PLACE));
    for (var i = 0; i < steps.length; i++) {
      assertThat(build.layer("s0", i)).as("layer %d", i).isEmpty();
    }
  }

  @Test
  void filesOfEarlierInstructions() throws IOException {
    var names = new String[] {"/opt/n", "/opt/m", "/opt/l", "/opt/p", "/opt"};
    var steps =
        new Step[] {
          at("cd /opt; echo new > n; ln n m; ln -s x l; mkfifo p", names),
          at("cd /opt; chmod 600 p; chmod 644 p; rm l; ln -s x l", names),
          at("rm /opt/m", "/opt"),
          at("echo old > /opt/n; echo new > /opt/n", "/opt/n"),
          at("echo old > /opt/n", "/opt/n")
        };
    agreeOn(steps);
    var build = new TestStage(folder.resolve("workspace-" + SandboxKind.IN_PLACE));
    assertThat(build.layer("s0", 1)).isEmpty();
    assertThat(build.layer("s0", 3)).isEmpty();
    assertThat(build.layer("s0", 4)).containsExactly("opt/", "opt/n");
  }

  @Test
  void namesThatAreNotUtf8() throws IOException {
    agreeOn(
        at(
            "cd /srv; echo > \"$(printf 'caf\\351')\"; echo > \"$(printf 'two\\nlines')\"",
            "/srv/*",
            "/srv"),
        at("cd /srv; rm \"$(printf 'caf\\351')\"", "/srv"));
  }

  @Test
  void copies() throws IOException {
    var steps =
        new Step[] {copy("/srv/", "one", "two"), copy("/n/m/", "three"), copy("/srv/a", "able")};
    layers(SandboxKind.USER_NAMESPACE, steps);
    layers(SandboxKind.IN_PLACE, steps);
    for (var i = 0; i < steps.length; i++) {
      assertThat(copied(SandboxKind.USER_NAMESPACE, i))
          .isEqualTo(copied(SandboxKind.IN_PLACE, i))
          .isNotEmpty();
    }
  }

  /** The entries of a layer except directories, whose times are those of the build. */
  private List<String> copied(SandboxKind sandbox, int layer) throws IOException {
    var blob = new TestStage(folder.resolve("workspace-" + sandbox)).blob("s0", layer);
    var out = Files.createDirectory(folder.resolve(sandbox + "-" + layer));
    Tar.extract(blob, out);
    return Tar.lines(
        "sh",
        "-c",
        "cd " + out + " && find . ! -type d -exec stat -c '%n %A %u:%g %h %y' {} + && getcap -r .");
  }
}
