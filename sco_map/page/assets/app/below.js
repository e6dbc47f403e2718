// Made from web/ by make web; sources 43dec8be8f3be636b78cd883d4aac82da209c44d5bfea8faff6f6ae1beab135e
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
