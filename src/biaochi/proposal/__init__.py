"""Stage: proposal. From findings to advice that says who gains, and a reply clause by clause."""
