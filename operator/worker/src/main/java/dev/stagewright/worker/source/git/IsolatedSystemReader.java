package dev.stagewright.worker.source.git;

import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Prevents JGit from reading and writing configuration in the home directory and in {@code /etc}.
 */
final class IsolatedSystemReader extends SystemReader.Delegate {

  private IsolatedSystemReader(SystemReader delegate) {
    super(delegate);
  }

  /** Replaces the system reader of JGit in this process. */
  static void install() {
    if (!(SystemReader.getInstance() instanceof IsolatedSystemReader)) {
      SystemReader.setInstance(new IsolatedSystemReader(SystemReader.getInstance()));
    }
  }

  @Override
  public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
    return new EmptyConfig(parent, fs);
  }

  @Override
  public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
    return new EmptyConfig(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
    return new EmptyConfig(parent, fs);
  }

  /**
   * An empty configuration with a fixed timestamp resolution of the file system. JGit would
   * otherwise measure it for three seconds, to detect changes of files that only this process
   * writes.
   */
  private static final class EmptyConfig extends FileBasedConfig {
    private static final long CLOCK_NANOS = 10_000_000;

    @SuppressWarnings("NullAway") // there is no file behind it
    EmptyConfig(@Nullable Config parent, FS fs) {
      super(parent, null, fs);
    }

    @Override
    public long getTimeUnit(
        String section, @Nullable String subsection, String name, long absent, TimeUnit unit) {
      return section.equals(ConfigConstants.CONFIG_FILESYSTEM_SECTION)
          ? unit.convert(CLOCK_NANOS, TimeUnit.NANOSECONDS)
          : super.getTimeUnit(section, subsection, name, absent, unit);
    }

    @Override
    public void load() {}

    @Override
    public void save() {}

    @Override
    public boolean isOutdated() {
      return false;
    }
  }
}
