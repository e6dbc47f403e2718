// Made from web/ by make web; sources 568600adb7c1c6853e8acdd922470a03a6ae6b60d09d16437c0105d0e60bc8b5
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
