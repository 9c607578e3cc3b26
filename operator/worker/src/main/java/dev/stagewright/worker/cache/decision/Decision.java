package dev.stagewright.worker.cache.decision;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.record.FilesRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What happens to a stage. */
sealed interface Decision {

  /** The known steps, whatever happens to the others. */
  KnownResults known();

  /** The records of the files of complete stages, by the id of the stage. */
  static Map<String, FilesRecord> recordedFiles(Map<String, Decision> decisions) {
    var files = new HashMap<String, FilesRecord>();
    decisions.forEach((id, decision) -> {
      if (decision instanceof Complete complete) {
        complete.files().ifPresent(record -> files.put(id, record));
      }
    });
    return Map.copyOf(files);
  }

  /**
   * The stage runs, after the steps that are known.
   *
   * @param known known steps, possibly none
   */
  record Run(KnownResults known) implements Decision {
    /** All steps run. */
    static final Run ALL = new Run(KnownResults.NONE);
  }

  /**
   * The stage does not run.
   *
   * @param known all steps, if the layers of the stage are needed
   * @param files files that other stages copy, if there is a record of them
   * @param millis time that the stage took when it ran, without the stages that it is based on
   */
  record Complete(KnownResults known, Optional<FilesRecord> files, long millis)
      implements Decision {}

  /**
   * The decision depends on the results of other stages.
   *
   * @param known steps that are known already
   * @param stages ids of stages whose files may turn out to be those of an earlier build
   */
  record Wait(KnownResults known, Set<String> stages) implements Decision {}

  /**
   * The decision depends on records.
   *
   * @param steps keys of steps to look up
   * @param files keys of files to look up; both are empty if other stages have to be decided first
   */
  record LookUp(Set<CacheKey> steps, Set<CacheKey> files) implements Decision {
    /** The decision depends on records of other stages. */
    static final LookUp LATER = new LookUp(Set.of(), Set.of());

    @Override
    public KnownResults known() {
      return KnownResults.NONE;
    }
  }
}
