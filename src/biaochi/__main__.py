from biaochi.cli import main

main()
