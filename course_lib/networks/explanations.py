"""What in an image a classifier's score for a class comes from: four answers, and a control.

Piece by piece a network of ReLUs and max poolings is linear: its score is the sum of what each
value of a map contributes (the value times the score's gradient) and of what the biases add after
it. So `class_map` and `pixel_shares` split a score exactly. `gradient_map` says what a small change
would do, `occlusion_map` what happens without a part. Whether such a picture tells of what was
learnt shows a network that learnt nothing:
