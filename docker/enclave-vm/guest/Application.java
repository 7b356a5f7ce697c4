/** What a confidential application looks like to the agent: a main method that runs on. */
public final class Application {
    public static void main(String[] arguments) throws InterruptedException {
        System.out.println("application runs");
        Thread.currentThread().join();
    }
}
