package dev.stagewright.bench.compare.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupsTest {
  @TempDir Path root;

  @Test
  void everyProcessOfTheClusterIsAComponent() throws IOException {
    version1("daemons/kubelet-0", 5);
    version1("daemons/kube-apiserver", 7);
    version1("node-0", 11);
    version1("buildkit", 13);

    assertThat(new Cgroups(root).usage())
        .containsEntry("kubelet", Duration.ofNanos(5))
        .containsEntry("kube-apiserver", Duration.ofNanos(7))
        .containsEntry(Cgroups.PODS, Duration.ofNanos(11))
        .containsEntry("buildkit", Duration.ofNanos(13))
        .hasSize(4);
  }

  @Test
  void componentsOfSeveralNodesAreAdded() throws IOException {
    version1("daemons/kubelet-0", 5);
    version1("daemons-1/kubelet-1", 6);
    version1("node-0", 1);
    version1("node-1", 2);

    assertThat(new Cgroups(root).usage())
        .containsEntry("kubelet", Duration.ofNanos(11))
        .containsEntry(Cgroups.PODS, Duration.ofNanos(3));
  }

  @Test
  void cgroupsOfVersion2AreRead() throws IOException {
    var group = Files.createDirectories(root.resolve("node-0"));
    Files.writeString(
        group.resolve("cpu.stat"), "usage_usec 1234567\nuser_usec 1000000\nsystem_usec 234567\n");

    assertThat(new Cgroups(root).usage())
        .containsEntry(Cgroups.PODS, Duration.ofNanos(1_234_567_000));
  }

  @Test
  void clusterWithAllProcessesInOneCgroupIsRecognized() throws IOException {
    version1("daemons", 1);
    assertThat(new Cgroups(root).separatesProcesses()).isFalse();

    version1("daemons/kubelet-0", 1);
    assertThat(new Cgroups(root).separatesProcesses()).isTrue();
  }

  @Test
  void operatorIsSeparatedFromTheOtherPods() throws IOException {
    version1("node-0", 100);
    version1("node-0/kubepods/burstable/podabc", 30);
    var cgroups = new Cgroups(root);
    var operator = cgroups.pod("abc").orElseThrow();

    assertThat(new CpuMeter(cgroups, operator).snapshot().components())
        .containsEntry(CpuMeter.OPERATOR, Duration.ofNanos(30))
        .containsEntry(Cgroups.PODS, Duration.ofNanos(70));
  }

  private void version1(String group, long nanoseconds) throws IOException {
    var folder = Files.createDirectories(root.resolve(group));
    Files.writeString(folder.resolve("cpuacct.usage"), nanoseconds + "\n");
  }
}
