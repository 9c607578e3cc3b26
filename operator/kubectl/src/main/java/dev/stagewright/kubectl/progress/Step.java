package dev.stagewright.kubectl.progress;

/**
 * A unit of work that is shown with a number and a title: an instruction of a stage, prepare,
 * publish, or the upload of the build context.
 *
 * @param number number in order of appearance, counted from 1
 * @param task {@code context}, {@code prepare}, {@code publish}, or the name of a stage
 * @param title such as {@code [builder 3/7] RUN make}
 */
record Step(int number, String task, String title) {}
